namespace Hermes.Sql.Target;

/// <summary>What happens to the row of an entry that goes to the trashbin.</summary>
public enum TrashedRows
{
    /// <summary>It stays as it is until the entry is removed for good. Default.</summary>
    Keep,

    /// <summary>It is deleted, and inserted again if the entry comes back.</summary>
    Delete,

    /// <summary>Its column <see cref="TableTargetOptions.TrashedColumn"/> is set to true, and to false if the entry comes back.</summary>
    Flag,
}
