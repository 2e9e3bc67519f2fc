package io.strandline.engine.chain;

import org.jspecify.annotations.Nullable;

/** Knows which link of a chain is at work, to name it when it throws. */
public final class ChainCursor {

    private @Nullable ChainLink at;

    /** From here on {@code link} is at work; returns the one that was. */
    public @Nullable ChainLink enter(ChainLink link) {
        ChainLink before = at;
        at = link;
        return before;
    }

    void back(@Nullable ChainLink before) {
        at = before;
    }

    /** None is at work. */
    public void leave() {
        at = null;
    }

    /** The vertex at work. */
    public @Nullable String vertex() {
        return at == null ? null : at.vertex();
    }
}
