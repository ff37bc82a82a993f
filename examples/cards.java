// Pages of an API, as records, into BigQuery: ten thousand cards at nine requests a second, since the API allows ten.
// A page that cannot be had is tried again; a row that is refused does not stop the others, and fails the run at its end.
//
//   PENSTOCK_CONNECTION_BIGQUERY='bigquery://my-project?credentials=key.json' ./penstock run examples/cards.java

import dev.penstock.bigquery.*;
import dev.penstock.flow.*;
import dev.penstock.http.*;
import dev.penstock.pipeline.*;
import static dev.penstock.Penstock.*;

record Card(String id, String name, String set, Instant fetchedAt) {}

record Settings(@Default("https://api.pokemontcg.io/v2/cards") String api) {}

void main() {
    var table = BigQuery.table("ingestion.pokemon_card").insertId(Card.class, Card::id);
    Pipeline.from(Http.pages(parameters(Settings.class).api()).pageParameter("page").itemsAt("/data")
                      .rate(perSecond(9)))               // a page's tries count
        .observe("pages")
        .flatMap(Page::items)
        .map(json -> new Card(json.text("/id"), json.text("/name"), json.text("/set/id"), Instant.now()))
        .observe("cards")
        .batch(1_000)
        .map(table::insert, concurrency(2).retry(times(2).every(Duration.ofSeconds(5))))
        .flatMap(InsertResult::rows)
        .tap(row -> row.orThrow())
        .catching(Exception.class).failAtEnd()           // go on to the end, then fail with what was caught
        .run();
}
