// Web to Google Cloud Storage: fetches the taxi trips of some months and keeps each as a file in a bucket.
// A month that was fetched today is not fetched again. What breaks is tried again; what was done before a crash is not done twice.
//
//   ./penstock run examples/web_to_gcs.java --param bucket=my-lake --param color=green --param year=2025 --param months=10,11

import dev.penstock.data.*;
import dev.penstock.files.*;
import dev.penstock.flow.*;
import dev.penstock.http.*;
import dev.penstock.objects.*;
import dev.penstock.pipeline.*;
import static dev.penstock.Penstock.*;

record Trip(Integer puLocationId, Integer doLocationId, Integer passengerCount, Double tripDistance, Double totalAmount) {}

@Flow(value = "web_to_gcs", description = "Taxi trips from the web to Google Cloud Storage")
void webToGcs(
    String bucket,
    @Default("yellow") @Allowed(oneOf = {"yellow", "green"}) String color,
    @Default("2025") @Allowed(min = "2009") int year,
    @Default("1,2,3") @Allowed(min = "1", max = "12") List<Integer> months,
    @Default("https://d37ci6vzurychx.cloudfront.net/trip-data") URI web,
    @Default("gs:") ConnectionName store) {
    var lake = ObjectStore.gcs(bucket).by(store);
    for (int number : months) {
        YearMonth month = YearMonth.of(year, number);
        Path fetched = task("fetch").retry(times(3).every(Duration.ofSeconds(10))).timeout(Duration.ofMinutes(10))
            .cacheFor(Duration.ofDays(1))
            .call(this::fetch, web, color, month);
        var kept = task("keep").retries(3).pipeline(
            Pipeline.from(Parquet.read(fetched, Trip.class))
                .to(Parquet.write(lake.at("%s/%s.parquet".formatted(color, month)), Trip.class)));
        log.info("{} trips in gs://{}/{}/{}.parquet", kept.out(), bucket, color, month);
    }
}

Path fetch(URI web, String color, YearMonth month) throws IOException {
    return Http.download("%s/%s_tripdata_%s.parquet".formatted(web, color, month));
}

void main(String[] args) { runFlow("web_to_gcs", args); }
