namespace Hermes.Http.Source;

/// <summary>How a read proves that it has all items. One that cannot is not used: items that are missing would look like removals.</summary>
public enum ReadProof
{
    /// <summary>None was chosen, which is an error: one must be.</summary>
    NotChosen,

    /// <summary>The service tells how many items there are, and as many different keys were read.</summary>
    Total,

    /// <summary>The last page says that it is the last, and no page before it does.</summary>
    EndMark,

    /// <summary>Two reads, one after the other, gave the same items.</summary>
    TwoPasses,

    /// <summary>Every page names the same state of the data, so that nothing moved from page to page.</summary>
    Snapshot,
}
