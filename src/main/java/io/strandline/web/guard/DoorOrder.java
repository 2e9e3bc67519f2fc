package io.strandline.web.guard;

import org.springframework.core.Ordered;

/** The order in which a request passes the filters, outermost first. */
public final class DoorOrder {

    public static final int TRACE = Ordered.HIGHEST_PRECEDENCE + 10;
    public static final int REFUSALS = TRACE + 10;
    public static final int HEADERS = REFUSALS + 10;
    public static final int HOST = HEADERS + 10;
    public static final int AUTHENTICATION = HOST + 10;
    public static final int BODY = AUTHENTICATION + 10;
    public static final int IDEMPOTENCY = BODY + 10;

    private DoorOrder() {}
}
