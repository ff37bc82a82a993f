// Makes counts of the people in three rooms and publishes them to the topic rooms-v1, keyed by room.
//
//   PENSTOCK_CONNECTION_KAFKA=kafka://localhost:9092 ./penstock run examples/rooms/gendata.java --param messages=10000

import dev.penstock.flow.*;
import dev.penstock.kafka.*;
import dev.penstock.pipeline.*;
import static dev.penstock.Penstock.*;

record RoomCount(Instant ts, String room, long count) {
    static RoomCount random() {
        var random = ThreadLocalRandom.current();
        return new RoomCount(Instant.now(), List.of("A", "B", "C").get(random.nextInt(3)), random.nextInt(10));
    }
}

@Flow(description = "Room counts, published to Kafka")
void gendata(
    @Default("1000") @Allowed(min = "1") int perSecond,
    @Default("9223372036854775807") @Allowed(min = "1") long messages) {
    task("publish").pipeline(
        Pipeline.generate(RoomCount::random)
            .take(messages)
            .throttle(perSecond(perSecond))
            .to(Kafka.topic(connection("kafka"), "rooms-v1", RoomCount.class).key(RoomCount::room).create(3)));
}

void main(String[] args) { runFlow(args); }
