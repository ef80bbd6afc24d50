package org.fieldlift.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.fieldlift.drive.target.DeviceError;
import org.fieldlift.io.Content;
import org.fieldlift.io.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Looking at drives that do not want to be looked at.
@Timeout(30)
class PatientContentTest {
  private interface Device {
    void read(long offset, ByteBuffer into) throws IOException;
  }

  private static Content patient(Device device) {
    Content content =
        new Content() {
          @Override
          public long size() {
            return 8192;
          }

          @Override
          public void read(long offset, ByteBuffer into) throws IOException {
            device.read(offset, into);
          }
        };
    return new PatientContent(content, "/dev/sdb", Duration.ofSeconds(1));
  }

  @Test
  void aDriveThatAnswersIsRead() throws IOException {
    byte[] bytes = new byte[8192];
    bytes[5000] = 7;
    ByteBuffer into = ByteBuffer.allocate(10);
    patient(Content.of(bytes)::read).read(4995, into);
    assertThat(into.array()).containsExactly(0, 0, 0, 0, 0, 7, 0, 0, 0, 0);
  }

  @Test
  void aDriveThatDoesNotAnswerIsAskedOnceOnly() {
    CountDownLatch never = new CountDownLatch(1);
    AtomicInteger asked = new AtomicInteger();
    Content silent =
        patient((offset, into) -> {
          asked.incrementAndGet();
          await(never);
        });
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> silent.read(0, ByteBuffer.allocate(1)))
          .isInstanceOf(Problem.class)
          .hasMessage("Drive /dev/sdb has not answered for 1 seconds.")
          .hasNoCause();
    }
    assertThat(asked).hasValue(1);
    never.countDown();
  }

  @Test
  void aPlaceThatCannotBeReadIsNamedToTheByte() {
    Content worn =
        patient((offset, into) -> {
          into.put(new byte[512]);
          throw new IOException("Input/output error");
        });
    assertThatThrownBy(() -> worn.read(4096, ByteBuffer.allocate(1024)))
        .isInstanceOf(Problem.class)
        .hasMessage("Drive /dev/sdb cannot be read at byte 4608: input/output error.")
        .hasCauseInstanceOf(DeviceError.class);
  }

  @Test
  void aDriveThatMayNotBeReadIsNotBroken() {
    for (IOException refusal :
        new IOException[] {
          new AccessDeniedException("/dev/sdb"),
          new FileSystemException("/dev/sdb", null, "Operation not permitted")
        }) {
      Content forbidden =
          patient((offset, into) -> {
            throw refusal;
          });
      assertThatThrownBy(() -> forbidden.read(0, ByteBuffer.allocate(1)))
          .isInstanceOf(Problem.class)
          .hasMessage("Fieldlift may not read /dev/sdb: this user has no rights to it.")
          .hasNoCause();
    }
  }

  @Test
  void aDriveThatEndsBeforeItsEndWasRemoved() {
    Content gone =
        patient((offset, into) -> {
          throw new EOFException("shorter");
        });
    assertThatThrownBy(() -> gone.read(0, ByteBuffer.allocate(1)))
        .isInstanceOf(Problem.class)
        .hasMessage("Drive /dev/sdb was removed.");
  }

  private static void await(CountDownLatch never) {
    try {
      never.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
