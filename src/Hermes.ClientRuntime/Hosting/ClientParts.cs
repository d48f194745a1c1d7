using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Targets;
using Hermes.Abstractions.Templates;
using Hermes.ClientRuntime.Mapping;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.Hosting;

/// <summary>What a client is made of, checked.</summary>
internal sealed record ClientParts(ClientModel Model, IMessageBusConsumer Bus, IClientTarget Target, IClientStateStore State, ITemplateEngine Templates);
