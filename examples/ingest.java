// The taxi ingest as a flow: extract, transform and load are tasks, tried again when they fail.
// Run it twice: the second run finds what extract has fetched a moment ago, and does not fetch it again.
//
//   ./penstock run examples/ingest.java --param table=trips

import dev.penstock.data.*;
import dev.penstock.files.*;
import dev.penstock.flow.*;
import dev.penstock.jdbc.*;
import dev.penstock.pipeline.*;
import static dev.penstock.Penstock.*;

record Trip(Integer passengerCount, double totalAmount) {}

@Flow("Ingest taxi trips")
void ingest(
    @Default("examples/data/trips.parquet") Path source,
    @Default("jdbc:duckdb:taxi.duckdb") ConnectionName warehouse,
    @Default("trips") String table) {
    Path file = task("extract").retries(3).cacheFor(Duration.ofDays(1)).call(this::extract, source);
    Dataset<Trip> trips = task("transform").retries(3).call(this::transform, file);
    var rows = task("load").retries(3).pipeline(
        trips.records().to(Jdbc.table(warehouse, table, Trip.class).create().replace()));
    subflow(this::report, table, rows.out());
}

Path extract(Path source) {
    return source;                                     // a download: Http.download("https://…")
}

Dataset<Trip> transform(Path file) {
    return Dataset.of(
        Pipeline.from(Parquet.read(file, Trip.class))
            .filter(trip -> trip.passengerCount() == null || trip.passengerCount() != 0),
        Trip.class);
}

@Flow void report(String table, long rows) {
    log.info("{} rows in {}", rows, table);
}

void main(String[] args) { runFlow("ingest", args); }
