// Adds up the counts of each room in a table of PostgreSQL. Rows and positions commit together: each message is counted once,
// also when this is killed, or run several times at once to share the work.
//
//   KAFKA_BOOTSTRAP_SERVERS=localhost:9092 POSTGRES_URL=jdbc:postgresql://… ./penstock run examples/rooms/reckoning.java

import dev.penstock.data.*;
import dev.penstock.flow.*;
import dev.penstock.jdbc.*;
import dev.penstock.kafka.*;
import dev.penstock.pipeline.*;
import static dev.penstock.Penstock.*;

record Settings(Broker kafka, Database postgres) {}

record Broker(String bootstrapServers, String topic, int partitions) {}

record Database(ConnectionName url) {}

record RoomCount(Instant ts, String room, long count) {}

record RoomTotal(String room, long totalCount, long messages) {
    static List<RoomTotal> of(List<RoomCount> counts) {
        return counts.stream().collect(Collectors.groupingBy(RoomCount::room, Collectors.summarizingLong(RoomCount::count)))
            .entrySet().stream().map(e -> new RoomTotal(e.getKey(), e.getValue().getSum(), e.getValue().getCount())).toList();
    }
}

@Flow(description = "Totals of each room, each message counted once")
void reckoning() {
    var settings = Specs.load(Settings.class);
    var kafka = settings.kafka();
    task("reckon").pipeline(
        Pipeline.from(Kafka.topic(connection("kafka://" + kafka.bootstrapServers()), kafka.topic(), RoomCount.class).group("reckoning"))
            .batch(100, within(Duration.ofSeconds(1)))
            .flatMap(RoomTotal::of)
            .to(Jdbc.table(settings.postgres().url(), "room_n_total_counts", RoomTotal.class)
                .upsert("room").adding("total_count", "messages").create()));
}

void main(String[] args) { runFlow(args); }
