package dev.penstock.http;

import dev.penstock.data.JsonCodec;
import dev.penstock.data.JsonValue;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/// What becomes a record: a page, or an item.
///
/// @param <T> the type of the records
sealed interface Shape<T> extends Serializable {

  /// For `explain()`; empty for pages.
  String describe();

  /// Each page.
  record Pages() implements Shape<Page> {
    Page of(Fetched fetched) {
      List<JsonValue> items = new ArrayList<>();
      for (int i = 0; i < fetched.items().size(); i++) {
        items.add(fetched.items().get(i));
      }
      return new Page(fetched.api().shown(fetched.uri()), fetched.answer(), List.copyOf(items));
    }

    @Override
    public String describe() {
      return "";
    }
  }

  /// Each item, as it is.
  record Values() implements Shape<JsonValue> {
    @Override
    public String describe() {
      return "items";
    }
  }

  /// Each item, as a record.
  record Records<T>(Class<T> type) implements Shape<T> {
    public Records {
      JsonCodec.of(type); // says now what it cannot hold
    }

    @Override
    public String describe() {
      return type.getSimpleName();
    }
  }
}
