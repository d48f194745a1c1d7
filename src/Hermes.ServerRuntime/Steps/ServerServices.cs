using Hermes.Abstractions.Sources;
using Hermes.ServerRuntime.Configuration;
using Hermes.ServerRuntime.Control;
using Hermes.ServerRuntime.Guard;
using Hermes.ServerRuntime.Outbox;
using Hermes.ServerRuntime.Reporting;
using Hermes.ServerRuntime.State;
using Hermes.ServerRuntime.WriteBack;
using Microsoft.Extensions.Logging;

namespace Hermes.ServerRuntime.Steps;

/// <summary>What the steps of a server work with.</summary>
internal sealed record ServerServices(
    ServerSettings Settings,
    ServerSession Session,
    IReadOnlyDictionary<string, IDataSource> Sources,
    OutboxPublisher Outbox,
    WriteBackRunner WriteBacks,
    RemovalGuard Guard,
    PollReports Reports,
    ServerDesk Desk,
    TimeProvider Time,
    ILogger Logger);
