namespace Hermes.Diff.Model;

/// <summary>What becomes of a poll when the mapping of a row fails: a value that is too large or cannot be used, a template or function that throws.</summary>
public enum BadRowPolicy
{
    /// <summary>The poll fails, and tells the row. Nothing is sent until the data or the mapping is corrected.</summary>
    Fail,

    /// <summary>
    /// The entry stays as it is cached, the row is reported as a data error, and all else goes on. A row whose key cannot be computed fails the poll all the same:
    /// nobody knows which entry would have to stay.
    /// </summary>
    KeepCached,
}
