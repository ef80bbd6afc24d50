/// Who signed what, and whether the policy allows it: verdicts, policies, keys, sigstore bundles,
/// DSSE. The only package that knows sigstore classes. May know `io` only.
@NullMarked
package org.fieldlift.trust;

import org.jspecify.annotations.NullMarked;
