namespace Hermes.ClientRuntime.ErrorQueue;

/// <summary>Which events of a parent wait while an event of a child that refers to it is in the error queue.</summary>
public enum ForeignKeyPolicy
{
    /// <summary>None.</summary>
    Disabled,

    /// <summary>Those that remove the parent. The default.</summary>
    OnRemove,

    /// <summary>All.</summary>
    OnEvery,
}
