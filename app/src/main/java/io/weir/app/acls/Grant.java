package io.weir.app.acls;

import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * One thing that a principal has to be allowed. Kafka takes DESCRIBE as granted by READ, WRITE and DELETE, and by
 * DESCRIBE_CONFIGS only for configurations.
 *
 * @param reason what for, for people
 */
public record Grant(ResourcePattern resource, AclOperation operation, String reason) {

    static Grant topic(String name, AclOperation operation, String reason) {
        return new Grant(new ResourcePattern(ResourceType.TOPIC, name, PatternType.LITERAL), operation, reason);
    }

    static Grant group(String name, AclOperation operation, String reason) {
        return new Grant(new ResourcePattern(ResourceType.GROUP, name, PatternType.LITERAL), operation, reason);
    }

    /** For all transactional ids that begin like this. */
    static Grant transactionalIds(String prefix, AclOperation operation, String reason) {
        return new Grant(
                new ResourcePattern(ResourceType.TRANSACTIONAL_ID, prefix, PatternType.PREFIXED), operation, reason);
    }

    /** The same for Kafka: allowed to this principal from every host. */
    public AclBinding binding(String principal) {
        return new AclBinding(resource, new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW));
    }
}
