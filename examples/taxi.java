// Loads taxi trips into a table, without those that carried nobody, and asks where the money was made.
//
//   ./penstock run examples/taxi.java
//   ./penstock run examples/taxi.java --param source='trips/*.parquet' --param target=jdbc:postgresql://localhost/taxi

import dev.penstock.files.*;
import dev.penstock.flow.*;
import dev.penstock.http.*;
import dev.penstock.jdbc.*;
import dev.penstock.pipeline.*;
import static dev.penstock.Penstock.*;

record Load(
    @Default("examples/data/trips.parquet") String source,
    @Default("jdbc:duckdb:trips.duckdb") String target,
    @Default("trips") String table) {}

record Trip(Integer puLocationId, Integer doLocationId, Integer passengerCount, Double tripDistance, Double totalAmount) {}

void main(String[] args) throws Exception {
    var load = parameters(Load.class, args);
    var warehouse = connection(load.target());

    Pipeline.from(Parquet.read(local(load.source()), Trip.class))
        .filter(trip -> trip.passengerCount() == null || trip.passengerCount() != 0)
        .observe("trips")
        .to(Jdbc.table(warehouse, load.table(), Trip.class).create().replace())
        .run();

    Jdbc.rows(warehouse, """
        SELECT pu_location_id AS zone, count(*) AS trips, sum(total_amount) AS total
        FROM "%s" GROUP BY 1 ORDER BY 3 DESC LIMIT 3
        """.formatted(load.table()))
        .forEach(row -> IO.println("zone %3d: %,6d trips, $ %,.2f"
            .formatted(row.get("zone"), row.get("trips"), row.get("total"))));
}

/// Files as they are; what is at a URL, downloaded.
String local(String source) throws IOException {
    return source.contains("://") ? Http.download(source).toString() : source;
}
