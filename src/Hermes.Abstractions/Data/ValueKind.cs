namespace Hermes.Abstractions.Data;

/// <summary>What a <see cref="Value"/> holds.</summary>
public enum ValueKind
{
    /// <summary>Nothing: the attribute is not set. Never stored in an entry.</summary>
    Null,

    /// <summary>A Boolean.</summary>
    Boolean,

    /// <summary>A 64-bit signed integer.</summary>
    Integer,

    /// <summary>A 64-bit binary floating-point number.</summary>
    Double,

    /// <summary>A decimal number.</summary>
    Decimal,

    /// <summary>A text.</summary>
    String,

    /// <summary>A date and time without a time zone.</summary>
    DateTime,

    /// <summary>A sequence of bytes.</summary>
    Bytes,

    /// <summary>An ordered list of values.</summary>
    List,

    /// <summary>A map from text to values, in order of insertion.</summary>
    Map,

    /// <summary>A variable that is known but has no value. Exists in templates only.</summary>
    Undefined,

    /// <summary>An object that a template may look into, such as a set of keys. Exists in templates only.</summary>
    Object,
}
