namespace Hermes.Events;

/// <summary>Why an event was sent.</summary>
public enum EventCategory
{
    /// <summary>Something changed.</summary>
    Base,

    /// <summary>Part of a sequence that brings new clients all there is; clients that are initialised skip it.</summary>
    InitSync,
}
