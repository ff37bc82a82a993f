package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Split;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes one cut of those of several inputs: an input that has come to its cut waits, until all
/// that have not ended have come to theirs. So everything before the joint cut belongs to one of
/// the cuts, and nothing after it does.
final class Alignment {
  private final List<Merge.Paused> waiting = new ArrayList<>();
  private final Map<Split, Position> to = new LinkedHashMap<>();
  private final Map<String, byte[]> states = new LinkedHashMap<>();
  private int running;

  /// The request that is being answered, or was last.
  private long request;

  private boolean ending;

  Alignment(int inputs) {
    running = inputs;
  }

  /// An input has come to a cut. One that answers an older request than others do, or one that is
  /// answered already, would wait in vain: it goes on, and its positions with the next joint cut.
  void paused(Merge.Paused input) {
    long answers = input.mark.request;
    add(input.mark);
    if (answers > request) {
      goOn();
      request = answers;
    } else if (answers < request || waiting.isEmpty()) {
      input.goOn();
      return;
    }
    waiting.add(input);
  }

  /// An input has come to its last cut.
  void passed(Mark last) {
    add(last);
    ending = true;
  }

  private void add(Mark mark) {
    to.putAll(mark.to);
    states.putAll(mark.states);
  }

  private void goOn() {
    waiting.forEach(Merge.Paused::goOn);
    waiting.clear();
  }

  void ended() {
    running--;
  }

  boolean hasEnded() {
    return running == 0;
  }

  /// The joint cut, when all have come to it.
  @Nullable Mark takeCut() {
    boolean last = running == 0 && ending;
    if (!last && (waiting.isEmpty() || waiting.size() < running)) {
      return null;
    }
    Mark joint = new Mark(new LinkedHashMap<>(to), 0, false, request, last);
    joint.states.putAll(states);
    to.clear();
    states.clear();
    ending = !last && ending;
    goOn();
    return joint;
  }
}
