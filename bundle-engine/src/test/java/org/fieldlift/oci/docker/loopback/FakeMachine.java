package org.fieldlift.oci.docker.loopback;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.fieldlift.oci.docker.FakeDocker;

/// A machine whose daemon takes up its configuration as Docker does: a setting that is missing from
/// the file stays as it was.
public final class FakeMachine implements Machine {
  private static final Pattern LIST = Pattern.compile("\"registry-mirrors\"\\s*:\\s*\\[([^\\]]*)]");
  private static final Pattern TEXT = Pattern.compile("\"([^\"]*)\"");

  public final Set<Redirect> redirects = new HashSet<>();
  public final Set<String> reachable = new TreeSet<>();
  public final List<Long> reloaded = new ArrayList<>();
  private final FakeDocker daemon;
  private final Path config;

  public FakeMachine(FakeDocker daemon, Path config) {
    this.daemon = daemon;
    this.config = config;
  }

  @Override
  public void reload(long pid) throws IOException {
    reloaded.add(pid);
    if (!Files.exists(config)) return;
    var list = LIST.matcher(Files.readString(config));
    if (!list.find()) return;
    daemon.mirrors =
        TEXT.matcher(list.group(1)).results().map((MatchResult each) -> each.group(1)).toList();
  }

  @Override
  public void redirect(Redirect redirect) {
    redirects.add(redirect);
  }

  @Override
  public void endRedirect(Redirect redirect) {
    redirects.remove(redirect);
  }

  @Override
  public boolean reaches(String host, int port) {
    return reachable.contains(host + ":" + port);
  }
}
