using Hermes.Abstractions.Templates;
using Hermes.ClientRuntime.Diagnostics;
using Hermes.ClientRuntime.Notifications;
using Hermes.ClientRuntime.Targets;
using Microsoft.Extensions.Logging;

namespace Hermes.ClientRuntime;

/// <summary>What the steps of one client use beside its state.</summary>
internal sealed record ClientServices(
    TargetCaller Target, ITemplateEngine Templates, TimeProvider Time, ClientTelemetry Telemetry, NotificationDesk Notifications, ILogger Log);
