namespace Hermes.ServerRuntime.Tests.Outbox;

/// <summary>Where a process is killed.</summary>
public enum FaultPoint
{
    BeforeStage,
    BeforeCommit,
    AfterCommit,
    BeforeSend,
    AfterSend,
    BeforeRemove,
    AfterRemove,
    BeforeWriteBackRemoval,
    BeforeErase,
}
