package dev.penstock.http;

import dev.penstock.http.HttpFailed.Reason;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Writes the body of an answer into a file as it arrives.
final class BodyToFile implements BodySubscriber<Long> {
  private final FileChannel file;
  private final long limit;
  private final Supplier<HttpFailed> tooLarge;
  private final CompletableFuture<Long> result = new CompletableFuture<>();
  private Flow.@Nullable Subscription subscription;
  private boolean stopped;

  /// Where the next byte goes.
  private volatile long position;

  BodyToFile(FileChannel file, long from, long limit, Supplier<HttpFailed> tooLarge) {
    this.file = file;
    this.position = from;
    this.limit = limit;
    this.tooLarge = tooLarge;
  }

  long position() {
    return position;
  }

  /// Writes nothing more, from the return of this method on: the file may be changed by others
  /// then.
  synchronized void stop() {
    stopped = true;
    if (subscription != null) {
      subscription.cancel();
    }
  }

  @Override
  public CompletionStage<Long> getBody() {
    return result;
  }

  @Override
  public synchronized void onSubscribe(Flow.Subscription given) {
    subscription = given;
    if (stopped) {
      given.cancel();
    } else {
      given.request(1);
    }
  }

  @Override
  public synchronized void onNext(List<ByteBuffer> buffers) {
    Flow.Subscription from = subscription;
    if (stopped || from == null) {
      return;
    }
    try {
      for (ByteBuffer buffer : buffers) {
        if (position + buffer.remaining() > limit) {
          throw tooLarge.get();
        }
        while (buffer.hasRemaining()) {
          position += file.write(buffer, position);
        }
      }
      from.request(1);
    } catch (HttpFailed e) {
      stop();
      result.completeExceptionally(e);
    } catch (IOException e) {
      stop();
      result.completeExceptionally(
          new HttpFailed(Reason.LOCAL, "cannot write: " + e.getMessage(), e));
    }
  }

  @Override
  public void onError(Throwable failure) {
    result.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    result.complete(position);
  }
}
