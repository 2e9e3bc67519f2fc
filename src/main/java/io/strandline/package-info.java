/** The application class, and nothing else: every room below it has its own door. */
@NullMarked
package io.strandline;

import org.jspecify.annotations.NullMarked;
