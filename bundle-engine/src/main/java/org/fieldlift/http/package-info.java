/// One file over HTTP as it should be done: whole or not at all, resumed where it broke off,
/// through the proxies and past the bad days of servers. [HttpSite] is the door. Knows nobody but
/// `io`.
@NullMarked
package org.fieldlift.http;

import org.jspecify.annotations.NullMarked;
