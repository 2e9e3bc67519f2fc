package io.strandline.ingest.web;

import io.strandline.web.OwnKeys;
import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** The key of a push lies in its log: to journal each answer as well would make two fsyncs of one. */
@Component
class PushKeys implements OwnKeys {

    private static final Pattern PUSH = Pattern.compile("/api/v1/jobs/[^/]+/sources/[^/]+/records");

    @Override
    public boolean keepsKeyOf(HttpServletRequest request) {
        return PUSH.matcher(request.getRequestURI()).matches();
    }
}
