package io.strandline.security;

import io.strandline.catalog.ApiKey.Role;
import io.strandline.security.route.Route;
import io.strandline.security.route.RouteTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Calls of every route that the table has. */
final class RouteCalls {

    private final Calls calls;

    RouteCalls(Calls calls) {
        this.calls = calls;
    }

    /** Calls by nobody and by each role that were let in or kept out against what the table says. */
    List<String> wronglyAnswered(Map<Role, String> keys) throws IOException, InterruptedException {
        List<String> wrong = new ArrayList<>();
        for (Route route : new RouteTable().routes()) {
            String path = route.pattern().replace("**", "index.html").replaceAll("\\{[^}]*}", "absent");
            String method = route.method().equals("*") ? "GET" : route.method();
            int nobody = calls.status(method, path, null, "");
            if (route.isPublic() != (nobody != 401)) {
                wrong.add(route + " by nobody: " + nobody);
            }
            for (Role role : Role.values()) {
                int status = calls.status(method, path, keys.get(role), "");
                boolean allowed = route.isPublic() || role.covers(route.role());
                if (status == 401 || allowed == (status == 403)) {
                    wrong.add(route + " by " + role + ": " + status);
                }
            }
        }
        return wrong;
    }

    /** What all the routes that only read answer to a caller who asks about a job, except those that never end. */
    String everythingRead(String job, String authorization) throws IOException, InterruptedException {
        StringBuilder told = new StringBuilder();
        for (Route route : new RouteTable().routes()) {
            if (route.method().equals("GET") && !route.pattern().endsWith("/events")) {
                String path = route.pattern().replace("{job}", job).replace("**", "index.html");
                told.append(calls.get(path.replaceAll("\\{[^}]*}", "1"), authorization)
                        .text());
            }
        }
        return told.toString();
    }
}
