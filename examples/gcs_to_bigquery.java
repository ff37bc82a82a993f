// Google Cloud Storage to BigQuery: loads the taxi trips of some months, as web_to_gcs.java keeps them, into a table.
// The rows go by files in the same bucket and load jobs, each row once: a month that was loaded is not loaded again.
//
//   ./penstock run examples/gcs_to_bigquery.java --param bucket=my-lake --param color=green --param year=2025 --param months=10,11

import dev.penstock.bigquery.*;
import dev.penstock.data.*;
import dev.penstock.files.*;
import dev.penstock.flow.*;
import dev.penstock.objects.*;
import dev.penstock.pipeline.*;
import static dev.penstock.Penstock.*;

record Trip(Integer puLocationId, Integer doLocationId, Integer passengerCount, Double tripDistance, Double totalAmount) {}

@Flow(value = "gcs_to_bigquery", description = "Taxi trips from Google Cloud Storage to BigQuery")
void gcsToBigQuery(
    String bucket,
    @Default("yellow") @Allowed(oneOf = {"yellow", "green"}) String color,
    @Default("2025") @Allowed(min = "2009") int year,
    @Default("1,2,3") @Allowed(min = "1", max = "12") List<Integer> months,
    @Default("trips") String dataset,
    @Default("gs:") ConnectionName store,
    @Default("bigquery") ConnectionName warehouse) {
    var lake = ObjectStore.gcs(bucket).by(store);
    var table = BigQuery.table(warehouse, "%s.%s_trips".formatted(dataset, color));
    for (int number : months) {
        String name = color + "/" + YearMonth.of(year, number);
        var loaded = task("load").retries(3).pipeline(
            Pipeline.from(Parquet.read(lake.at(name + ".parquet"), Trip.class))
                .filter(trip -> trip.passengerCount() == null || trip.passengerCount() != 0)
                .to(table.load(Trip.class, JsonLines.files(Trip.class, lake.at("loads/" + name))))
                .resumable(name));
        log.info("{} rows of {} are new in {}.{}_trips", loaded.out(), name, dataset, color);
    }
}

void main(String[] args) { runFlow("gcs_to_bigquery", args); }
