using System.Xml.Linq;
using HilRig.Sim.Models;

namespace HilRig.Sim.Mjcf;

/// <summary>A geom without its body's index.</summary>
/// <param name="Element">The element it was read from.</param>
/// <param name="Geom">The geom.</param>
/// <param name="Mass">Its mass in the body's frame; null when it gives none.</param>
internal sealed record GeomDraft(XElement Element, ModelGeom Geom, MassProperties? Mass);
