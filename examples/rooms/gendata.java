// Makes counts of the people in three rooms and publishes them, keyed by room.
//
//   KAFKA_BOOTSTRAP_SERVERS=localhost:9092 ./penstock run examples/rooms/gendata.java --param messages=10000

import dev.penstock.flow.*;
import dev.penstock.kafka.*;
import dev.penstock.pipeline.*;
import static dev.penstock.Penstock.*;

record Settings(Broker kafka) {}

record Broker(String bootstrapServers, String topic, int partitions) {}

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
    var kafka = Specs.load(Settings.class).kafka();
    task("publish").pipeline(
        Pipeline.generate(RoomCount::random)
            .take(messages)
            .throttle(perSecond(perSecond))
            .to(Kafka.topic(connection("kafka://" + kafka.bootstrapServers()), kafka.topic(), RoomCount.class)
                .key(RoomCount::room).create(kafka.partitions())));
}

void main(String[] args) { runFlow(args); }
