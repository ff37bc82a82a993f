// Adds up the counts of each room in a table of PostgreSQL. Rows and positions commit together: each message is counted once,
// also when this is killed, or run several times at once to share the work.
//
//   PENSTOCK_CONNECTION_KAFKA=kafka://localhost:9092 PENSTOCK_CONNECTION_POSTGRES=jdbc:postgresql://… \
//   ./penstock run examples/rooms/reckoning.java

import dev.penstock.flow.*;
import dev.penstock.jdbc.*;
import dev.penstock.kafka.*;
import dev.penstock.pipeline.*;
import static dev.penstock.Penstock.*;

record RoomCount(Instant ts, String room, long count) {}

record RoomTotal(String room, long totalCount, long messages) {
    static List<RoomTotal> of(List<RoomCount> counts) {
        return counts.stream().collect(Collectors.groupingBy(RoomCount::room, Collectors.summarizingLong(RoomCount::count)))
            .entrySet().stream().map(e -> new RoomTotal(e.getKey(), e.getValue().getSum(), e.getValue().getCount())).toList();
    }
}

@Flow(description = "Totals of each room, each message counted once")
void reckoning() {
    task("reckon").pipeline(
        Pipeline.from(Kafka.topic(connection("kafka"), "rooms-v1", RoomCount.class).group("reckoning"))
            .batch(100, within(Duration.ofSeconds(1)))
            .flatMap(RoomTotal::of)
            .to(Jdbc.table(connection("postgres"), "room_n_total_counts", RoomTotal.class)
                .upsert("room").adding("total_count", "messages").create()));
}

void main(String[] args) { runFlow(args); }
