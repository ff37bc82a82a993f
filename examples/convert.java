// From CSV to JSON Lines. A record that cannot be read is told and left out; the others go on.
//
//   ./penstock run examples/convert.java --param to=stations.jsonl

import dev.penstock.files.*;
import dev.penstock.flow.*;
import dev.penstock.pipeline.*;
import static dev.penstock.Penstock.*;

record Convert(@Default("examples/data/stations.csv") Path from, @Default("stations.jsonl") Path to) {}

record Station(String name, LocalDate opened, int bikes, String note) {}

void main(String[] args) throws IOException {
    var convert = parameters(Convert.class, args);

    Pipeline.from(Csv.read(convert.from(), Station.class))
        .catching(BadRecord.class).onFailure(failure -> IO.println("left out: " + failure.cause().getMessage())).skip()
        .to(JsonLines.write(convert.to(), Station.class))
        .run();

    Files.lines(convert.to()).forEach(IO::println);
}
