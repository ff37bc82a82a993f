// Out of the warehouse: users that were updated in the data interval are sent to an API, in batches of 100,
// at most 16 requests a second and 3 at a time. What fails for good does not stop the others, and fails the run at its end.
//
//   ./penstock run examples/reverse_etl.java --param crm=https://crm.example.org/api --param 'interval={"from": "2026-11-01T00:00:00Z", "to": "2026-11-02T00:00:00Z"}'
//   ./penstock deploy examples/reverse_etl.java --cron '@daily'      # each run is given its interval

import dev.penstock.data.*;
import dev.penstock.flow.*;
import dev.penstock.http.*;
import dev.penstock.jdbc.*;
import dev.penstock.pipeline.*;
import static dev.penstock.Penstock.*;

record User(long id, String email, String city, Instant updatedAt) {}

@Flow(value = "reverse_etl", description = "Users that have changed, from the warehouse to the CRM")
void reverseEtl(
    DataInterval interval,
    @Default("warehouse") ConnectionName warehouse,
    @Default("crm") ConnectionName crm) {
    var changed = Jdbc.query(warehouse, "SELECT id, email, city, updated_at FROM users WHERE updated_at >= ? AND updated_at < ? ORDER BY id",
        User.class, interval.from(), interval.to());
    var users = Http.put(crm, "/users", User.class).idempotencyKey(user -> user.id() + "@" + user.updatedAt());
    Pipeline.from(changed)
        .observe("users")
        .batch(100)
        .tap(users::sendAll, concurrency(3).rate(perSecond(16)).retry(times(3).when(Http::isPassing)))
        .observe("batches")
        .catching(Exception.class).failAtEnd()
        .run();
}

void main(String[] args) { runFlow("reverse_etl", args); }
