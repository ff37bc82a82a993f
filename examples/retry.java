// Calls that fail: eight at once, tried again, and what fails for good put aside.
//
//   ./penstock run examples/retry.java

import dev.penstock.pipeline.*;
import static dev.penstock.Penstock.*;

final Set<Integer> called = ConcurrentHashMap.newKeySet();

void main() {
    Pipeline.range(1, 21)
        .map(n -> price(n.intValue()), concurrency(8).retry(times(3).every(Duration.ofMillis(10)).on(IOException.class)))
        .catching(IllegalArgumentException.class).replaceWith(failure -> -1)
        .batch(5)
        .forEach(IO::println);
}

/// A service that is busy the first time it is asked for every third article, and has no 13th.
int price(int article) throws IOException {
    if (article % 3 == 0 && called.add(article)) {
        throw new IOException("busy");
    }
    if (article == 13) {
        throw new IllegalArgumentException("no article 13");
    }
    return article * 100;
}
