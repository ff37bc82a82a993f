// Stores room counts as Parquet in a bucket: a file of each partition after 5,000 records or 30 s, in the directory of their date.
// Each message is in one object, also when this is killed, or run several times at once to share the work.
//
//   PENSTOCK_CONNECTION_KAFKA=kafka://localhost:9092 PENSTOCK_CONNECTION_LAKE='s3://key:secret@localhost:9000?tls=false' \
//   ./penstock run examples/rooms/coldstorage.java --param bucket=roomscounts

import dev.penstock.files.*;
import dev.penstock.flow.*;
import dev.penstock.kafka.*;
import dev.penstock.objects.*;
import dev.penstock.pipeline.*;
import static dev.penstock.Penstock.*;

record RoomCount(Instant ts, String room, long count) {}

@Flow(description = "Room counts, stored as Parquet, each message once")
void coldstorage(
    @Default("roomscounts") String bucket,
    @Default("5000") @Allowed(min = "1") int records,
    @Default("PT30S") Duration within) {
    task("store").pipeline(
        Pipeline.from(Kafka.topic(connection("kafka"), "rooms-v1", RoomCount.class).group("coldstorage"))
            .to(Parquet.files(RoomCount.class, ObjectStore.s3(bucket).by(connection("lake")))
                .partitionedBy((path, count) -> path.env("dv").source("rooms").subsource("midgar").kind("raw").date(count.ts()))
                .roll(records, within(within))));
}

void main(String[] args) { runFlow(args); }
