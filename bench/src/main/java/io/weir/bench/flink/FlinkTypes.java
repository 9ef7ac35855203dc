package io.weir.bench.flink;

import io.weir.domain.WindowKey;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;

/** What flows between the operators. */
final class FlinkTypes {
    static final TypeInformation<PartialSums> PARTIAL_SUMS =
            new BinaryType<>(PartialSums.class, new PartialSums.Serializer());
    static final TypeInformation<WindowKey> WINDOWS = new BinaryType<>(WindowKey.class, new WindowKeySerializer());
    static final TypeInformation<Tuple2<byte[], byte[]>> ROWS = Types.TUPLE(
            PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO,
            PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

    private FlinkTypes() {}
}
