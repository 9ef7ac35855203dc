package io.weir.app.system;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.authorizer.AuthorizationResult;

/** Kafka's own authorizer, which also remembers what was asked of it. The broker makes it, so what it knows is static. */
public final class RecordingAuthorizer extends StandardAuthorizer {
    private static final Set<Asked> ASKED = ConcurrentHashMap.newKeySet();

    /**
     * A question and its answer.
     *
     * @param resource of a literal name; a question whether any resource of a type is allowed has the name {@code *}
     * @param audited false where the broker only looks for one of several ways, or for what to leave out of a list
     */
    record Asked(String principal, ResourcePattern resource, AclOperation operation, boolean allowed, boolean audited) {
        boolean refused() {
            return !allowed && audited;
        }
    }

    /** All that this principal was asked about since it was last forgotten. */
    static List<Asked> asked(String principal) {
        return ASKED.stream()
                .filter(asked -> asked.principal().equals(principal))
                .toList();
    }

    static List<Asked> refused(String principal) {
        return asked(principal).stream().filter(Asked::refused).toList();
    }

    static void forget(String principal) {
        ASKED.removeIf(asked -> asked.principal().equals(principal));
    }

    @Override
    public List<AuthorizationResult> authorize(AuthorizableRequestContext request, List<Action> actions) {
        List<AuthorizationResult> results = super.authorize(request, actions);
        for (int i = 0; i < actions.size(); i++) {
            Action action = actions.get(i);
            note(request, action.resourcePattern(), action.operation(), results.get(i), action.logIfDenied());
        }
        return results;
    }

    @Override
    public AuthorizationResult authorizeByResourceType(
            AuthorizableRequestContext request, AclOperation operation, ResourceType type) {
        AuthorizationResult result = super.authorizeByResourceType(request, operation, type);
        note(request, new ResourcePattern(type, "*", PatternType.LITERAL), operation, result, true);
        return result;
    }

    private static void note(
            AuthorizableRequestContext request,
            ResourcePattern resource,
            AclOperation operation,
            AuthorizationResult result,
            boolean audited) {
        ASKED.add(new Asked(
                request.principal().toString(), resource, operation, result == AuthorizationResult.ALLOWED, audited));
    }
}
