// Shows the totals of the rooms, and how many messages are stored: drawn anew on a terminal, a line for each change elsewhere.
//
//   S3_URL='s3://key:secret@localhost:9000?tls=false' POSTGRES_URL=jdbc:postgresql://… ./penstock run examples/rooms/watch.java

import dev.penstock.data.*;
import dev.penstock.files.parquet.*;
import dev.penstock.flow.*;
import dev.penstock.jdbc.*;
import dev.penstock.objects.*;
import static dev.penstock.Penstock.*;

record Settings(Lake lake, Database postgres) {}

record Lake(ConnectionName store, String bucket, String env, Roll roll) {
    StoreLocation location() { return ObjectStore.s3(bucket).by(store); }
}

record Database(ConnectionName url) {}

record Roll(int records, Duration within) {}

record Watch(
    @Description("how often to look") @Default("1s") Duration every,
    @Description("ends when so many messages are counted and stored") Optional<Long> until,
    @Description("as JSON, an object for each change") @Default("false") boolean json) {}

record RoomTotal(String room, long totalCount, long messages) {}

record Totals(List<RoomTotal> rooms, long stored) {
    long counted() { return rooms.stream().mapToLong(RoomTotal::messages).sum(); }

    String json() { return "{\"stored\":%d,\"counted\":%d}".formatted(stored, counted()); }

    String line() {
        return rooms.stream().map(room -> room.room() + " " + room.totalCount() + ", ").collect(Collectors.joining())
            + counted() + " messages counted, " + stored + " stored";
    }

    String table() {
        var lines = new StringBuilder("room     total  messages\n");
        rooms.forEach(room -> lines.append("%-4s %,9d %,9d%n".formatted(room.room(), room.totalCount(), room.messages())));
        return lines.append("%,d messages counted, %,d stored%n".formatted(counted(), stored)).toString();
    }
}

/// Objects do not change: each is looked at once.
final Map<String, Long> rowsOf = new HashMap<>();

long stored(Lake lake) throws IOException {
    try (var store = ObjectStore.open(lake.location()); var objects = store.list("env=", "")) {
        for (var object : objects.toList()) {
            if (!rowsOf.containsKey(object.key())) {
                try (var file = ParquetFile.open(store.read(object.key()), object.key())) {
                    rowsOf.put(object.key(), file.rows());
                }
            }
        }
    }
    return rowsOf.values().stream().mapToLong(Long::longValue).sum();
}

List<RoomTotal> rooms(ConnectionName postgres) {
    boolean there = !Jdbc.rows(postgres, "SELECT 1 FROM information_schema.tables WHERE table_name = 'room_n_total_counts'").isEmpty();
    var rows = there ? Jdbc.rows(postgres, "SELECT room, total_count, messages FROM room_n_total_counts ORDER BY room") : List.<Row>of();
    return rows.stream()
        .map(row -> new RoomTotal(row.text("room"), row.longInteger("total_count"), row.longInteger("messages")))
        .toList();
}

void main() throws Exception {
    var watch = parameters(Watch.class);
    var settings = Specs.load(Settings.class);
    boolean terminal = System.console() != null && System.console().isTerminal() && !watch.json();
    Totals shown = null;
    while (true) {
        var totals = new Totals(rooms(settings.postgres().url()), stored(settings.lake()));
        if (!totals.equals(shown)) {
            if (terminal && shown != null) {
                IO.print("\033[" + shown.table().lines().count() + "A\033[J");
            }
            IO.print(terminal ? totals.table() : watch.json() ? totals.json() + "\n" : totals.line() + "\n");
            shown = totals;
        }
        long least = Math.min(totals.counted(), totals.stored());
        if (watch.until().isPresent() && least >= watch.until().get()) {
            return;
        }
        Thread.sleep(watch.every());
    }
}
