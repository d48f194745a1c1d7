using Hermes.Abstractions.Configuration;
using Hermes.Abstractions.Targets;
using Hermes.Abstractions.Templates;
using Hermes.ClientRuntime.Configuration;
using Hermes.ClientRuntime.Mapping;
using Hermes.ClientRuntime.Targets;
using Hermes.Runtime.Configuration;
using Hermes.Runtime.Registration;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.ClientRuntime.Hosting;

/// <summary>Puts a client together of what was registered, and reports everything that is wrong at once.</summary>
internal sealed class ClientAssembly(ClientRegistration registration, IServiceProvider services)
{
    private readonly ConfigurationErrors _errors = new(registration.Path);
    private readonly ClientPartSections _sections = new();

    /// <summary>Makes the parts.</summary>
    /// <param name="owner">Owns what was made, also if something is wrong.</param>
    /// <exception cref="HermesConfigurationException">Something is wrong; holds all of it.</exception>
    public ClientParts Assemble(PartSet owner)
    {
        var maker = new PartMaker(registration, services, _errors, owner);
        var templates = services.GetRequiredService<ITemplateEngine>();
        var options = ReadOptions();
        var mappings = LenientTemplates.For(options, templates);
        var model = new ClientModelFactory(registration.Name, registration.Path, templates, mappings, _errors).Create(options);
        var bus = registration.Bus.Make(maker, _sections.Bus);
        var target = Target(maker);
        var state = registration.State.Make(maker, _sections.State);
        _errors.ThrowIfAny();
        return new ClientParts(model!, bus!, target!, state!, mappings);
    }

    private ClientOptions ReadOptions()
    {
        var options = new ClientOptions();
        if (registration.Section is { } section)
            ClientSectionReader.Read(section, options, _sections, _errors);
        foreach (var configure in registration.Configure)
            _errors.Try(registration.Path, () => configure(options));
        return options;
    }

    private IClientTarget? Target(PartMaker maker)
    {
        if (registration.Handlers.Count == 0)
            return registration.Target.Make(maker, _sections.Target);
        if (registration.Target.Given is not null)
            maker.Report("Target", "Both a target and typed handlers are given.", "Use either UseTarget or Handle.");
        var handlers = registration.Handlers.Select(create => maker.Make("Target", create)).OfType<TypedHandler>().ToList();
        return maker.Make("Target", _ => new TypedTarget(registration.Path, handlers));
    }
}
