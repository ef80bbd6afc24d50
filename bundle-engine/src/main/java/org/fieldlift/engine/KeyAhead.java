package org.fieldlift.engine;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.fieldlift.io.Cancellation;
import org.fieldlift.release.Signing;
import org.fieldlift.trust.SigningKey;

/// A key that is being opened while what it will sign is made: the password's scrypt takes a third
/// of a second on purpose. When it cannot be opened, the work is stopped at once.
final class KeyAhead implements Signing {
  /// What is to be signed at its end.
  @FunctionalInterface
  interface Work<T> {
    T run(Cancellation cancellation) throws IOException;
  }

  private final CompletableFuture<SigningKey> key = new CompletableFuture<>();
  private final Cancellation whole;
  private final Cancellation work;

  private KeyAhead(Cancellation whole) {
    this.whole = whole;
    this.work = whole.child();
  }

  /// @param password not to be changed before the work has ended
  static KeyAhead open(Path file, char[] password, Cancellation cancellation) {
    KeyAhead ahead = new KeyAhead(cancellation);
    Thread.ofPlatform().daemon().name("open-key").start(() -> ahead.open(file, password));
    return ahead;
  }

  /// Does the work.
  ///
  /// @throws IOException what is wrong with the key, or else with the work
  <T> T during(Work<T> making) throws IOException {
    try {
      return making.run(work);
    } catch (Cancellation.Cancelled stopped) {
      if (!whole.isCancelled()) opened();
      throw stopped;
    }
  }

  @Override
  public byte[] sign(byte[] json) throws IOException {
    return opened().signBundle(json);
  }

  private void open(Path file, char[] password) {
    try {
      key.complete(SigningKey.open(file, password));
    } catch (Throwable e) { // whatever it is, whoever signs has to hear of it
      key.completeExceptionally(e);
      work.cancel();
    }
  }

  private SigningKey opened() throws IOException {
    try {
      return key.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while opening a key.");
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException problem -> throw problem;
        case RuntimeException defect -> throw defect;
        case Error defect -> throw defect;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }
}
