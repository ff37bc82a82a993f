package dev.penstock.pipeline.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.penstock.pipeline.plan.Failure;
import dev.penstock.pipeline.run.DeadlineExceeded;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/// Batches that one thread fills and another ends give what was read, in order, and what is told to
/// have left the segment is never more than what was given.
@JCStressTest
@Outcome(id = "whole", expect = ACCEPTABLE, desc = "in order, to the end")
@Outcome(expect = FORBIDDEN, desc = "lost, doubled, out of order, or covered too soon")
@State
public class TimedStress {
  private static final int COUNT = 100;

  private final Numbers numbers = new Numbers(COUNT);
  private final Sum given = new Sum();
  private final TimedHead head = numbers.batches(given);

  /// What came out, which must be the next numbers.
  private final class Sum extends Stage {
    long last;
    String problem = "";

    @Override
    boolean push(@Nullable Object record) {
      if (head.clean() > last) {
        problem = "covered " + head.clean() + " after " + last;
      }
      for (Object number : (List<?>) record) {
        if (!Long.valueOf(last + 1).equals(number)) {
          problem = number + " after " + last;
        }
        last++;
      }
      return true;
    }

    @Override
    boolean fail(Failure failure) {
      throw new IllegalStateException(failure.toThrow());
    }

    @Override
    void mark(Mark mark) {}

    @Override
    void end() {}
  }

  @Actor
  public void beside(L_Result result) {
    numbers.stopWhenLost();
    try {
      head.drain();
      head.finish();
      boolean all = given.last == COUNT && head.clean() == COUNT;
      result.r1 =
          !given.problem.isEmpty() ? given.problem : all ? "whole" : "ended at " + given.last;
    } catch (DeadlineExceeded e) {
      result.r1 = "lost";
    } finally {
      numbers.run.close(null);
    }
  }
}
