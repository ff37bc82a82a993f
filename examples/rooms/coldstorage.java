// Stores room counts as Parquet in a bucket: a file of each partition after so many records or so long, in the directory of their date.
// Each message is in one object, also when this is killed, or run several times at once to share the work.
//
//   KAFKA_BOOTSTRAP_SERVERS=localhost:9092 S3_URL='s3://key:secret@localhost:9000?tls=false' \
//   ./penstock run examples/rooms/coldstorage.java

import dev.penstock.data.*;
import dev.penstock.files.*;
import dev.penstock.flow.*;
import dev.penstock.kafka.*;
import dev.penstock.objects.*;
import dev.penstock.pipeline.*;
import static dev.penstock.Penstock.*;

record Settings(Broker kafka, Lake lake) {}

record Broker(String bootstrapServers, String topic, int partitions) {}

record Lake(ConnectionName store, String bucket, String env, Roll roll) {}

record Roll(@Allowed(min = "1") int records, Duration within) {}

record RoomCount(Instant ts, String room, long count) {}

@Flow(description = "Room counts, stored as Parquet, each message once")
void coldstorage() {
    var settings = Specs.load(Settings.class);
    var kafka = settings.kafka();
    var lake = settings.lake();
    task("store").pipeline(
        Pipeline.from(Kafka.topic(connection("kafka://" + kafka.bootstrapServers()), kafka.topic(), RoomCount.class).group("coldstorage"))
            .to(Parquet.files(RoomCount.class, ObjectStore.s3(lake.bucket()).by(lake.store()))
                .partitionedBy((path, count) -> path.env(lake.env()).source("rooms").subsource("midgar").kind("raw").date(count.ts()))
                .roll(lake.roll().records(), within(lake.roll().within()))));
}

void main(String[] args) { runFlow(args); }
