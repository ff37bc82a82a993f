// Web, lake, warehouse: fetches the taxi trips of some months, keeps them as files of a lake, and loads these into a table.
// A month that was fetched today is not fetched again. What breaks is tried again; what was done before a crash is not done twice.
//
//   ./penstock run examples/web_to_lake.java --param color=green --param year=2025 --param months=10,11
//   ./penstock deploy examples/penstock.yaml

import dev.penstock.data.*;
import dev.penstock.files.*;
import dev.penstock.flow.*;
import dev.penstock.http.*;
import dev.penstock.jdbc.*;
import dev.penstock.pipeline.*;
import static dev.penstock.Penstock.*;

record Trip(Integer puLocationId, Integer doLocationId, Integer passengerCount, Double tripDistance, Double totalAmount) {}

record Source(URI web, String color, YearMonth month) {}

@Flow(value = "web_to_lake", description = "Taxi trips from the web to a lake, and on to a warehouse")
void webToLake(
    @Default("yellow") @Allowed(oneOf = {"yellow", "green"}) String color,
    @Default("2025") @Allowed(min = "2009") int year,
    @Default("1,2,3") @Allowed(min = "1", max = "12") List<Integer> months,
    @Default("https://d37ci6vzurychx.cloudfront.net/trip-data") URI web,
    @Default("lake") Path lake,
    @Default("jdbc:duckdb:warehouse.duckdb") ConnectionName warehouse) {
    var sources = months.stream().map(month -> new Source(web, color, YearMonth.of(year, month))).toList();
    List<Path> fetched = task("fetch").retry(times(3).every(Duration.ofSeconds(10))).timeout(Duration.ofMinutes(10))
        .cacheFor(Duration.ofDays(1))
        .map(sources, 2, this::fetch);
    List<Path> kept = new ArrayList<>();
    for (int i = 0; i < fetched.size(); i++) {
        kept.add(subflow(this::toLake, fetched.get(i), lake.resolve(color), sources.get(i).month()));
    }
    var rows = task("load").retries(3).pipeline(
        Pipeline.from(Parquet.read(kept, Trip.class))
            .to(Jdbc.table(warehouse, color + "_trips", Trip.class).create().replace()));
    log.info("{} rows in {}_trips", rows.out(), color);
}

Path fetch(Source source) throws IOException {
    return Http.download("%s/%s_tripdata_%s.parquet".formatted(source.web(), source.color(), source.month()));
}

/// One month of the lake, without the trips that carried nobody.
@Flow(description = "A month of the lake")
Path toLake(Path fetched, Path lake, YearMonth month) {
    Path file = lake.resolve(month + ".parquet");
    task("keep").retries(3).pipeline(
        Pipeline.from(Parquet.read(fetched, Trip.class))
            .filter(trip -> trip.passengerCount() == null || trip.passengerCount() != 0)
            .to(Parquet.write(file, Trip.class)));
    return file;
}

void main(String[] args) { runFlow("web_to_lake", args); }
