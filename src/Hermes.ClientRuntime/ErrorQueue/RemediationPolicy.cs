namespace Hermes.ClientRuntime.ErrorQueue;

/// <summary>Whether events of one entry that wait in the error queue are merged.</summary>
public enum RemediationPolicy
{
    /// <summary>Never. The default.</summary>
    Disabled,

    /// <summary>An added or modified event takes in the modified event that follows it.</summary>
    Conservative,

    /// <summary>Also events that undo each other are merged or vanish.</summary>
    Maximum,
}
