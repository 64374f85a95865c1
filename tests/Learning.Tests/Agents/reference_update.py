"""Loss and gradient of one update in double precision, with torch's own derivative.

Reads a JSON list of cases with weights, batch and every random number; writes losses and
gradients.
"""
import json
import sys

import torch

torch.set_default_dtype(torch.float64)
CASE = {}
ROWS, OBSERVATION, ACTION = 12, 5, 3


def tensor(name, *shape):
    return torch.tensor(CASE[name]).reshape(*shape)


def leaf(name):
    return torch.tensor(CASE["weights"][name]).requires_grad_()


def part(flat, network, layer, what):
    block = CASE["layouts"][network][f"{network}/{layer}/{what}"]
    count = 1
    for size in block["shape"]:
        count *= size
    return flat[block["offset"]:block["offset"] + count].reshape(block["shape"])


def masks(name, rows, hidden, layers):
    if name not in CASE:
        return [torch.ones(rows, hidden)] * layers
    return list(torch.tensor(CASE[name]).reshape(layers, rows, hidden))


def policy(flat, network, units, drops):
    layers = CASE["layers"][network]
    for layer in range(layers):
        weight = part(flat, network, layer, "weight")[0]
        units = units @ weight + part(flat, network, layer, "bias")[0]
        units = torch.relu(units * drops[layer])
    return torch.tanh(units @ part(flat, network, layers, "weight")[0]
                      + part(flat, network, layers, "bias")[0])


def owner(array, member):
    return array[member if array.shape[0] > 1 else 0]


def critic(flat, member, units):
    layers = CASE["layers"]["critic"]
    for layer in range(layers):
        units = units @ part(flat, "critic", layer, "weight")[member]
        units = units + part(flat, "critic", layer, "bias")[member]
        mean = units.mean(1, keepdim=True)
        variance = ((units - mean) ** 2).mean(1, keepdim=True)
        units = (units - mean) / torch.sqrt(variance + 1e-5)
        units = units * owner(part(flat, "critic", layer, "gain"), member)
        units = torch.relu(units + owner(part(flat, "critic", layer, "shift"), member))
    head = units @ part(flat, "critic", layers, "weight")[member]
    return (head + part(flat, "critic", layers, "bias")[member])[:, 0]


def least(flat, members, states, actions):
    rows = torch.cat([states, actions], 1)
    return torch.stack([critic(flat, member, rows) for member in members]).min(0)[0]


def noisy(mean, noise):
    moved = (mean + noise).detach().clamp(-1 + 1e-6, 1 - 1e-6)
    return mean + (moved - mean.detach())


def drops_of(name):
    return masks(name, ROWS, CASE["hidden"], CASE["layers"]["actor"])


def critic_update():
    states = tensor("next", ROWS, OBSERVATION)
    with torch.no_grad():
        targets = leaf("critic.target")
        mean = policy(leaf("actor.target"), "actor", states, drops_of("target_masks"))
        action = noisy(mean, tensor("target_noise", ROWS, ACTION))
        if CASE["bootstrap_proposal"]:
            hidden, layers = CASE["imitation_hidden"], CASE["layers"]["imitation"]
            ones = masks("none", ROWS, hidden, layers)
            other = policy(leaf("imitation"), "imitation", states, ones)
            gap = (least(targets, CASE["choosing"], states, action)
                   - least(targets, CASE["choosing"], states, other)) - CASE["margin"]
            takes = gap >= 0
            if CASE["soft"]:
                takes = tensor("units", ROWS) < torch.sigmoid(CASE["softness"] * gap)
            action = torch.where(takes[:, None], action, other)
        value = least(targets, CASE["judging"], states, action)
        wanted = tensor("returns", ROWS) + tensor("discounts", ROWS) * value
        if CASE["clip"]:
            wanted = wanted.clamp(0, 1)
    weights = leaf("critic")
    rows = torch.cat([tensor("now", ROWS, OBSERVATION), tensor("actions", ROWS, ACTION)], 1)
    loss = sum(((critic(weights, member, rows) - wanted) ** 2).mean()
               for member in range(CASE["critics"]))
    loss.backward()
    return loss.item(), weights.grad.tolist()


def actor_update():
    states = tensor("now", ROWS, OBSERVATION)
    weights, critics = leaf("actor"), leaf("critic").detach()
    everyone = range(CASE["critics"])
    mean = policy(weights, "actor", states, drops_of("actor_masks"))
    action = noisy(mean, tensor("actor_noise", ROWS, ACTION))
    loss = -least(critics, everyone, states, action).mean()
    if CASE["cloning_weight"] > 0:
        demonstrated = tensor("demonstrated", ROWS, OBSERVATION)
        share = 1.0
        if CASE["cloning_filter"]:
            with torch.no_grad():
                ones = drops_of("none")
                now = policy(weights, "actor", demonstrated, ones)
                before = policy(leaf("actor.pretrained"), "actor", demonstrated, ones)
                better = (least(critics, everyone, demonstrated, before)
                          > least(critics, everyone, demonstrated, now))
                share = better.double().mean().item()
        shown = policy(weights, "actor", demonstrated, drops_of("cloning_masks"))
        error = (shown - tensor("demonstrated_actions", ROWS, ACTION)) ** 2
        loss = loss + CASE["cloning_weight"] * share * error.sum(1).mean()
    loss.backward()
    return loss.item(), weights.grad.tolist()


def main():
    answers = []
    for case in json.load(sys.stdin):
        CASE.clear()
        CASE.update(case)
        answers.append({})
        for name, update in (("critic", critic_update), ("actor", actor_update)):
            loss, gradient = update()
            answers[-1][name] = {"loss": loss, "gradient": gradient}
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main()
