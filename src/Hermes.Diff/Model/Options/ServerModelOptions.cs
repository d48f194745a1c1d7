namespace Hermes.Diff.Model.Options;

/// <summary>The data model of a server as it is written in C# or in the configuration.</summary>
public sealed class ServerModelOptions
{
    /// <summary>
    /// The data types, parents before children: added and modified events go out in this order, removed ones in the reverse order.
    /// </summary>
    public IList<DataTypeOptions> DataTypes { get; } = [];

    /// <summary>
    /// Whether fractions of a second are cut from date-times right after mapping, for a bus shared with programs that know whole seconds
    /// only. Default: false.
    /// </summary>
    public bool TruncateDateTimesToSeconds { get; set; }

    /// <summary>
    /// How large the value of an attribute may be, in characters of its texts and bytes, those in lists and maps together. A larger one is refused, with its
    /// type, key and attribute. Default: 16,777,216.
    /// </summary>
    public int MaxValueLength { get; set; } = 16 * 1024 * 1024;
}
