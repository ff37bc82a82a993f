// The smallest pipeline: a source, a step, an end.
//
//   ./penstock run examples/hello.java

import dev.penstock.pipeline.*;

void main() {
    Pipeline.of("records", "flow", "through", "steps")
        .map(String::toUpperCase)
        .forEach(IO::println);
}
