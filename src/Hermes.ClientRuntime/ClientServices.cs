using Hermes.Abstractions.Templates;
using Hermes.ClientRuntime.Diagnostics;
using Hermes.ClientRuntime.Steps;
using Hermes.ClientRuntime.Targets;
using Hermes.Runtime.Notifications;
using Microsoft.Extensions.Logging;

namespace Hermes.ClientRuntime;

/// <summary>What the steps of one client use beside its state.</summary>
internal sealed record ClientServices(
    TargetCaller Target,
    MessageReader Messages,
    ITemplateEngine Templates,
    TimeProvider Time,
    ClientTelemetry Telemetry,
    NotificationHub Notifications,
    ILogger Log);
