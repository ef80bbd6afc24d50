package org.fieldlift.http;

import java.net.URI;
import org.fieldlift.io.PlainText;

/// A web address for people's eyes, and for logs. People put passwords before the host, stores of
/// blobs put keys into the query; `…` stands for either.
public final class ShownAddress {
  private ShownAddress() {}

  public static String of(URI uri) {
    return of(uri.toString());
  }

  /// @param foreign perhaps no address at all
  public static String of(String foreign) {
    String address = withoutUser(foreign);
    int query = address.indexOf('?');
    if (query >= 0) return PlainText.of(address.substring(0, query) + "?…");
    int fragment = address.indexOf('#');
    return PlainText.of(fragment < 0 ? address : address.substring(0, fragment));
  }

  /// Whatever stands before an `@` before the path, a badly written password too.
  private static String withoutUser(String address) {
    int slashes = address.indexOf("//");
    if (slashes < 0) return address;
    int from = slashes + 2;
    int path = address.indexOf('/', from);
    int at = address.lastIndexOf('@', path < 0 ? address.length() : path);
    return at < from ? address : address.substring(0, from) + "…" + address.substring(at);
  }
}
